#!/usr/bin/env bash
# Run once by PostgreSQL's image, before its first start for others: a user for the service that owns its database and has
# no rights beyond it.
set -euo pipefail

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
\set password `cat /run/postgres/habeas-password`
create role habeas login password :'password';
create database habeas owner habeas;
revoke all on database habeas from public;
SQL

# Passwords and rows travel in TLS only.
sed -i 's/^host all all all /hostssl all all all /' "$PGDATA/pg_hba.conf"
