"""Apache with Debian's mod_auth_openidc, one virtual host for each portal; runs as whoever runs the tests, root too."""

import json
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

MODULES = Path("/usr/lib/apache2/modules")
NEEDED = ["mpm_event", "authn_core", "authz_core", "authz_user", "cgid", "alias", "dir", "auth_openidc"]

CONFIGURATION = """\
ServerRoot {folder}
ServerName 127.0.0.1
PidFile {folder}/pid
ErrorLog {folder}/error.log
LogLevel error
Mutex file:{folder}
ScriptSock {folder}/cgi.sock
StartServers 1
ServerLimit 2
ThreadsPerChild 25
MaxRequestWorkers 50
{user}
{modules}
"""

#: Every page is one script, which prints what the module told it.
PORTAL = """\
Listen 127.0.0.1:{port}
<VirtualHost 127.0.0.1:{port}>
    ServerName 127.0.0.1:{port}
    DocumentRoot {folder}/public
    OIDCProviderMetadataURL {metadata}
    OIDCClientID {client}
    OIDCClientSecret {secret}
    OIDCRedirectURI http://127.0.0.1:{port}/protected/redirect
    OIDCCryptoPassphrase {client}-passphrase
    # Cookies do not tell ports apart.
    OIDCCookie session-{client}
    OIDCScope "{scope}"
    OIDCPKCEMethod S256
    OIDCProviderTokenEndpointAuth {method}
    OIDCRemoteUserClaim sub
    OIDCStateTimeout 120
    {more}
    ScriptAlias /protected {folder}/claims
    <Directory {folder}>
        Require all granted
    </Directory>
    <Location /protected>
        AuthType openid-connect
        Require valid-user
    </Location>
</VirtualHost>
"""

SCRIPT = """\
#!/usr/bin/python3
import json, os
print("Content-Type: application/json\\n")
print(json.dumps({name: value for name, value in os.environ.items() if name.startswith(("OIDC", "REMOTE_USER"))}))
"""


class Apache:
    """`portals`: client id to settings `port`, `secret` and, where it is not the usual, `scope`, `method`, `more`."""

    def __init__(self, metadata: str, portals: dict[str, dict]):
        # Not in pytest's folder, which only its owner may enter: as root, Apache serves as www-data.
        self.folder = Path(tempfile.mkdtemp(prefix="chancery-apache-"))
        self.folder.chmod(0o755)
        self.portals = portals
        public, script = self.folder / "public", self.folder / "claims"
        public.mkdir()
        (public / "index.html").write_text("<title>Signed out</title><p>Anyone may read this.</p>", "utf-8")
        script.write_text(SCRIPT, "utf-8")
        script.chmod(script.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        (self.folder / "httpd.conf").write_text(self.configuration(metadata), "utf-8")
        self.process = None

    def configuration(self, metadata: str) -> str:
        modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in NEEDED)
        user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
        usual = {"scope": "openid profile email", "method": "client_secret_basic", "more": ""}
        return CONFIGURATION.format(folder=self.folder, user=user, modules=modules) + "".join(
            PORTAL.format(**usual | settings, folder=self.folder, client=client, metadata=metadata)
            for client, settings in self.portals.items())

    def start(self) -> None:
        log = (self.folder / "out.log").open("wb")
        self.process = subprocess.Popen(
            ["/usr/sbin/apache2", "-f", self.folder / "httpd.conf", "-DFOREGROUND"], stdin=subprocess.DEVNULL,
            stdout=log, stderr=log)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log
            try:
                urllib.request.urlopen(self.home(next(iter(self.portals))), timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("Apache does not get ready: " + self.log)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)
        shutil.rmtree(self.folder)

    @property
    def log(self) -> str:
        return "".join((self.folder / name).read_text("utf-8", "replace") for name in ("out.log", "error.log")
                       if (self.folder / name).exists())

    def origin(self, client: str) -> str:
        return f"http://127.0.0.1:{self.portals[client]['port']}"

    def home(self, client: str) -> str:
        """A page for anyone."""
        return self.origin(client) + "/index.html"

    def protected(self, client: str) -> str:
        """A page for who is signed in; shows the claims."""
        return self.origin(client) + "/protected/claims"

    def logout(self, client: str) -> str:
        """The module's address that begins logout by the portal."""
        return f"{self.origin(client)}/protected/redirect?logout={self.home(client)}"


def claims(text: str) -> dict:
    """What the script printed, without the module's prefix."""
    return {name.removeprefix("OIDC_CLAIM_"): value for name, value in json.loads(text).items()}
