#!/bin/sh
# tools/setup.sh LOCK      makes .venv where it is missing and installs LOCK into it, unless it is already there
# tools/setup.sh PACKAGE   the same for one tool that no lock holds
#
# A copy of each installed lock lies in the site-packages of the Python it was installed for. So a changed lock
# and a changed Python are both seen, and a fresh .venv costs one short look.
set -eu
cd "$(dirname "$0")/.."

wanted=$1
python=${PYTHON:-python3}
inner=.venv/bin/python

fail() {
    echo "glimmers: $1" >&2
    exit 1
}

quietly() {
    "$@" >/dev/null 2>&1
}

packages_of_venv() {
    "$inner" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' 2>/dev/null || true
}

make_venv() {
    quietly "$python" -c '' ||
        fail "$python was not found; Python 3.11 or newer is needed (Debian, Ubuntu: apt install python3 python3-venv)."
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "$("$python" -V 2>&1) is too old; 3.11 or newer is needed. If you have one: make PYTHON=python3.12 run"
    quietly "$python" -m venv --clear --without-pip .venv ||
        fail "$python could not make .venv (Debian, Ubuntu: apt install python3-venv)."
}

# Debian splits ensurepip off, and forbids its pip to touch the system's Python: that pip may still fill our .venv.
find_pip() {
    if quietly "$inner" -m pip --version || quietly "$inner" -m ensurepip; then
        pip="$inner -m pip"
    elif quietly "$python" -m pip --python "$inner" --version; then
        pip="$python -m pip --python $inner"
    else
        fail "neither ensurepip nor pip was found (Debian, Ubuntu: apt install python3-venv)."
    fi
}

install() {
    find_pip
    echo "Setting up .venv: $wanted. This happens once and may take a minute."
    $pip install --quiet --disable-pip-version-check "$@"
}

install_lock() {
    rm -f "$site"/requirements*.lock
    install --require-hashes -r "$wanted"
    cp requirements.lock "$site"/ # the development lock holds all of it too
    cp "$wanted" "$site"/
}

site=$(packages_of_venv)
if [ ! -d "$site" ]; then
    make_venv
    site=$(packages_of_venv)
fi
case $wanted in
    *.lock) cmp -s "$wanted" "$site/$wanted" || install_lock ;;
    *) [ -x ".venv/bin/$wanted" ] || install "$wanted" ;;
esac
