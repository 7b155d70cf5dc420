#!/bin/sh
# Starts pgAdmin with the platform's database in its list: registers the server once, and writes the
# password file at every start, so that a new password in config/.env is used at once.
set -eu
: "${PGADMIN_DEFAULT_EMAIL:?}" "${PGADMIN_SERVER_HOST:?}" "${POSTGRES_USER:?}" "${POSTGRES_PASSWORD:?}" "${POSTGRES_DB:?}"

data=/var/lib/pgadmin
python=/venv/bin/python3
registered=$data/platform-registered
listed=$data/platform-listed
rm -f "$listed"

# The image keeps pgAdmin in /pgadmin4; a packaged one stands among Python's packages.
for program in /pgadmin4 /venv/lib/python3*/site-packages/pgadmin4; do
  [ ! -f "$program/setup.py" ] || break
done

# In server mode a password file is looked up in the user's own storage folder.
write_password_file() {
  storage=$data/storage/$(printf '%s' "$PGADMIN_DEFAULT_EMAIL" | tr '@' '_')
  mkdir -p "$storage"
  escaped=$(printf '%s' "$POSTGRES_PASSWORD" | sed 's/[\\:]/\\&/g')
  (umask 077 && printf '%s:5432:*:%s:%s\n' "$PGADMIN_SERVER_HOST" "$POSTGRES_USER" "$escaped" >"$storage/platform.pgpass")
}

write_server_list() {
  "$python" -c '
import json, os
server = {
    "Name": os.environ.get("PGADMIN_SERVER_TITLE", "platform"),
    "Group": "Servers",
    "Host": os.environ["PGADMIN_SERVER_HOST"],
    "Port": 5432,
    "MaintenanceDB": os.environ["POSTGRES_DB"],
    "Username": os.environ["POSTGRES_USER"],
    "ConnectionParameters": {"sslmode": "prefer", "connect_timeout": 10, "passfile": "/platform.pgpass"},
}
print(json.dumps({"Servers": {"1": server}}))' >/tmp/platform-servers.json
}

answers() {
  "$python" -c '
import os
from urllib.request import urlopen
urlopen("http://127.0.0.1:" + os.environ.get("PGADMIN_LISTEN_PORT", "80") + "/misc/ping", timeout=5)' 2>/dev/null
}

# Runs beside the server, because the image's entry point makes pgAdmin's own database first.
register() {
  until answers; do sleep 1; done
  if [ ! -f "$registered" ]; then
    write_server_list
    (cd "$program" && "$python" setup.py load-servers /tmp/platform-servers.json --user "$PGADMIN_DEFAULT_EMAIL")
    touch "$registered"
  fi
  touch "$listed"
}

write_password_file
register &
exec /entrypoint.sh "$@"
