#!/bin/sh
# Runs once, in an empty volume: a role for Temporal, one for the ledger, and neither can read the other's databases.
set -eu

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
\getenv temporal_password TEMPORAL_DB_PASSWORD
\getenv ledger_password LEDGER_DB_PASSWORD
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE ROLE autolift LOGIN PASSWORD :'ledger_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
CREATE DATABASE autolift OWNER autolift;
REVOKE CONNECT ON DATABASE temporal, temporal_visibility, autolift FROM PUBLIC;
SQL
