#!/bin/sh
# The programs that stories open the app and its exports with. Installs what is missing where that is allowed,
# else says what to install; the stories that need it then fail with the same words. PostgreSQL is asked for too:
# without it the tests of a ledger on a server are skipped.
# A chromium without a screen draws no toolbars of its own, so stories take a fifth less time in it.
set -u
missing=""
command -v chromium-headless-shell >/dev/null || missing="$missing chromium-headless-shell"
command -v soffice >/dev/null || missing="$missing libreoffice-impress libreoffice-calc libreoffice-draw"
command -v pdftoppm >/dev/null || missing="$missing poppler-utils"
ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 || command -v pg_ctl >/dev/null || missing="$missing postgresql"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests:$missing"
    apt-get update -qq
    apt-cache show chromium-headless-shell >/dev/null 2>&1 || missing=$(echo "$missing" | sed s/-headless-shell//)
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ "$missing" != " chromium-headless-shell" ] || exit 0
    echo "Some stories need programs that are not here. Install them first (Debian: apt install$missing)." >&2
fi
