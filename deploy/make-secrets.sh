#!/usr/bin/env bash
# Makes what the cluster of docker-compose.cluster.yml must know and nobody else: keys, passwords, certificates, each in
# the folder of the one that reads it. What is there stays, so this may run before every start. A folder belongs to root
# (but for the notary's) and a file in it to its reader, so that root may replace the file without any right over other users' files.
set -euo pipefail
umask 022

secrets=${SECRETS:-/secrets}
authority=$secrets/authority
# The users that these run as in their images.
eventstore=1000 postgres=999 habeas=10001
# As long as an authority made here lasts by itself. Who wants it shorter has to renew.
days=1825

# 256 random bits in base64url, which needs no escaping in a URL.
secret() {
  head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'
}

# hand OWNER FILE: FILE is what comes in, and only OWNER may read it. Nobody ever finds half of it.
hand() {
  rm -f "$2.draft"
  (umask 077 && cat >"$2.draft")
  chmod 0400 "$2.draft"
  chown "$1:$1" "$2.draft"
  mv -f "$2.draft" "$2"
}

# sign FOLDER COMMAND…: has the certificate tool make FOLDER, if it is not there whole. A failure is not always told by its exit code.
sign() {
  local folder=$1 name=$2
  shift 2
  if [ -s "$folder/$name.crt" ] && [ -s "$folder/$name.key" ]; then return; fi
  rm -rf "$folder"
  es-gencert-cli "$@" -days "$days" -out "$folder"
  [ -s "$folder/$name.crt" ] && [ -s "$folder/$name.key" ]
}

# certify AUTHORITY HOST: a certificate for the server of that name.
certify() {
  sign "$authority/$2" node create-node -ca-certificate "$authority/$1-ca/ca.crt" -ca-key "$authority/$1-ca/ca.key" \
    -dns-names "$2,localhost" -ip-addresses 127.0.0.1
}

for password in eventstore-admin eventstore-ops postgres-superuser postgres-habeas postgres-habeas-keys; do
  [ -s "$authority/$password" ] || secret | hand 0 "$authority/$password"
done

# One for each: whoever has a certificate of EventStoreDB's authority counts as a node of the cluster.
sign "$authority/eventstore-ca" ca create-ca
sign "$authority/postgres-ca" ca create-ca

for node in eventstore-1 eventstore-2 eventstore-3; do
  certify eventstore "$node"
  mkdir -p "$secrets/$node/ca"
  hand $eventstore "$secrets/$node/ca/ca.crt" <"$authority/eventstore-ca/ca.crt"
  hand $eventstore "$secrets/$node/node.crt" <"$authority/$node/node.crt"
  hand $eventstore "$secrets/$node/node.key" <"$authority/$node/node.key"
  hand $eventstore "$secrets/$node/admin-password" <"$authority/eventstore-admin"
  hand $eventstore "$secrets/$node/ops-password" <"$authority/eventstore-ops"
done

certify postgres postgres
hand $postgres "$secrets/postgres/server.crt" <"$authority/postgres/node.crt"
hand $postgres "$secrets/postgres/server.key" <"$authority/postgres/node.key"
hand $postgres "$secrets/postgres/superuser-password" <"$authority/postgres-superuser"
hand $postgres "$secrets/postgres/habeas-password" <"$authority/postgres-habeas"
hand $postgres "$secrets/postgres/habeas-keys-password" <"$authority/postgres-habeas-keys"

# These three exist here only. Without the master key, what was encrypted under it is lost.
[ -s "$secrets/habeas/master.key" ] || head -c 32 /dev/urandom | hand $habeas "$secrets/habeas/master.key"
[ -s "$secrets/habeas/admin-key" ] || printf 'hb_first_%s' "$(secret)" | hand $habeas "$secrets/habeas/admin-key"
# In a folder that its reader may write to: what was signed last is kept beside it. Once it is his, nothing is put there any more:
# a key that was lost is not to be replaced unnoticed.
if [ -O "$secrets/notary-key" ] && [ ! -s "$secrets/notary-key/notary.key" ]; then
  head -c 32 /dev/urandom | hand $habeas "$secrets/notary-key/notary.key"
fi
chown "$habeas:$habeas" "$secrets/notary-key"
for reader in habeas projector notary; do
  hand $habeas "$secrets/$reader/eventstore-ca.crt" <"$authority/eventstore-ca/ca.crt"
  hand $habeas "$secrets/$reader/postgres-ca.crt" <"$authority/postgres-ca/ca.crt"
  printf 'esdb://admin:%s@eventstore-1:2113,eventstore-2:2113,eventstore-3:2113?tls=true&tlsCAFile=/run/habeas/eventstore-ca.crt' \
    "$(cat "$authority/eventstore-admin")" | hand $habeas "$secrets/$reader/eventstore-url"
  printf 'postgres://habeas:%s@postgres:5432/habeas?sslmode=verify-full&sslrootcert=/run/habeas/postgres-ca.crt' \
    "$(cat "$authority/postgres-habeas")" | hand $habeas "$secrets/$reader/database-url"
done
printf 'postgres://habeas_keys:%s@postgres:5432/habeas?sslmode=verify-full&sslrootcert=/run/habeas/postgres-ca.crt' \
  "$(cat "$authority/postgres-habeas-keys")" | hand $habeas "$secrets/habeas/keys-database-url"
