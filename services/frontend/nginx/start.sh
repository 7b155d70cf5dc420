#!/bin/sh
# Fills in what is known at start only (port, address of the API, name server), then becomes nginx.
set -eu
: "${PORT:=3000}" "${API_URL:=http://api:8000}"
resolver=$(awk '$1 == "nameserver" { print ($2 ~ /:/ ? "[" $2 "]" : $2); exit }' /etc/resolv.conf)

sed -e "s|__PORT__|$PORT|g" \
    -e "s|__API_URL__|${API_URL%/}|g" \
    -e "s|__RESOLVER__|${resolver:-127.0.0.11}|g" \
    -e "s|__SERVICE__|frontend|g" \
    /srv/nginx/nginx.conf >/tmp/nginx.conf
exec nginx -c /tmp/nginx.conf
