"""A yardstick: nginx that answers one fixed body."""

from pathlib import Path

from load import free_port, start_pinned, stop, wait_until_ready

CONFIGURATION = """\
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    keepalive_requests 100000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{ default_type application/json; return 200 '{body}'; }}
    }}
}}
"""


class Nginx:
    def __init__(self, folder: Path, body: str):
        folder.mkdir(parents=True)
        port = free_port()
        self.address = f"http://127.0.0.1:{port}/"
        quoted = body.replace("\\", "\\\\").replace("'", "\\'")
        (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port, body=quoted), "utf-8")
        command = ["/usr/sbin/nginx", "-e", folder / "error.log", "-p", folder, "-c", folder / "nginx.conf"]
        self.process = start_pinned(command, folder / "log")
        wait_until_ready(self.address, self.process)

    def stop(self) -> None:
        stop(self.process)
