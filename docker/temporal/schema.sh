#!/bin/sh
# Brings both databases of Temporal to the schema of this image; does nothing when they have it.
set -eu

migrate() {
  temporal-sql-tool --database "$1" setup-schema --version 0.0
  temporal-sql-tool --database "$1" update-schema --schema-name "postgresql/v12/$2"
}

migrate temporal temporal
migrate temporal_visibility visibility
