#!/usr/bin/env bash
# Run once by PostgreSQL's image, before its first start for others: a user for the service that owns its database and has
# no rights beyond it, and another one for the wrapped keys, which has its schema and nothing else. Neither sees what is the other's.
set -euo pipefail

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
\set password `cat /run/postgres/habeas-password`
\set keys_password `cat /run/postgres/habeas-keys-password`
create role habeas login password :'password';
create role habeas_keys login password :'keys_password';
create database habeas owner habeas;
revoke all on database habeas from public;
grant connect on database habeas to habeas_keys;
\connect habeas
create schema habeas_keys authorization habeas_keys;
SQL

# Passwords and rows travel in TLS only.
sed -i 's/^host all all all /hostssl all all all /' "$PGDATA/pg_hba.conf"
