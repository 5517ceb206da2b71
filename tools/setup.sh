# Sourced by the tools: what the machine needs, and how Chancery is built. Works for root and for a sudo user; a second
# call finds everything there and does nothing.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 70
umask 022

# What the package links against, and what the pages are drawn with.
build_packages=(
    libssl-dev libsqlite3-dev libharfbuzz-dev librsvg2-dev libcairo2-dev libqrencode-dev zlib1g-dev
    pkg-config fonts-noto-cjk curl ca-certificates
)
# The verifiers nobody here wrote, and Python for those that come from PyPI (see Tests/Interop/requirements.txt).
# Apache without its service, a browser and what drives it: the portals and people of sign-on.
test_packages=(
    python3 python3-venv poppler-utils mupdf-tools qpdf libnss3-tools openssl
    apache2-bin libapache2-mod-auth-openidc chromium chromium-driver
)
# What tools/bench loads Chancery with, and what it holds it against.
bench_packages=(wrk util-linux nginx glewlwyd dbconfig-sqlite3 sqlite3)

say() { printf '%s\n' "$*" >&2; }

# stop STATUS MESSAGE: one clear line, then out.
stop() {
    say "$(basename "$0"): $2"
    exit "$1"
}

require_swift() {
    command -v swift >/dev/null || stop 1 \
        "no Swift toolchain found: install Swift 6.2 or newer from https://www.swift.org/install/linux/ and put it on PATH"
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    case "$version" in
        '' | [0-5].* | 6.0 | 6.1) stop 1 "Swift ${version:-of unknown version} found, 6.2 or newer is needed" ;;
    esac
}

# Whether a Debian package is installed and configured.
is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# install_packages NAME…: installs what is missing, says what.
install_packages() {
    local missing=() name
    for name in "$@"; do is_installed "$name" || missing+=("$name"); done
    [ ${#missing[@]} -eq 0 ] && return 0
    command -v apt-get >/dev/null || stop 1 "no apt-get here; install by hand what provides: ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || stop 1 "missing packages and no sudo; as root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing Debian packages: ${missing[*]}"
    local log
    log=$(mktemp)
    if ! { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
            "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        stop 1 "apt-get could not install: ${missing[*]}"
    fi
    rm -f "$log"
}

# What the benchmark starts by itself when it needs it. Debian would start a service as soon as it is installed: not here.
set_up_yardsticks() {
    local missing=() name policy=/usr/sbin/policy-rc.d made= status=0 as_root=()
    for name in "${bench_packages[@]}"; do is_installed "$name" || missing+=("$name"); done
    [ ${#missing[@]} -eq 0 ] && return 0
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    if [ ! -e "$policy" ] && printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" install -m 755 /dev/stdin "$policy"; then
        made=yes
    fi
    (install_packages "${missing[@]}") || status=$?
    [ -z "$made" ] || "${as_root[@]}" rm -f "$policy"
    [ "$status" -eq 0 ] || exit "$status"
    say "Not started. Debian starts nginx and glewlwyd at the next boot, unless: systemctl disable nginx glewlwyd"
}

set_up_build() {
    require_swift
    install_packages "${build_packages[@]}"
}

# The interoperability tests' Python, made again only when the pinned versions change. Sets `python`.
set_up_tests() {
    set_up_build
    install_packages "${test_packages[@]}"
    local venv=.build/interop-venv pinned=Tests/Interop/requirements.txt
    if ! cmp -s "$pinned" "$venv/requirements.txt"; then
        say "Installing the verifiers of Tests/Interop/requirements.txt into $venv"
        rm -rf "$venv"
        mkdir -p .build
        python3 -m venv "$venv"
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r "$pinned"
        cp "$pinned" "$venv/requirements.txt"
    fi
    python=$PWD/$venv/bin/python
}

# The release build is the same everywhere: Swift's runtime is linked statically, which halves the start-up time and
# lets the binary run where no Swift is installed. Sets `chancery`.
build_release() {
    local flags=(-c release --product chancery --static-swift-stdlib)
    swift build "${flags[@]}"
    chancery=$(swift build "${flags[@]}" --show-bin-path)/chancery
}
