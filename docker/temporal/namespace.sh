#!/bin/sh
# Makes the namespace and the search attributes that loops are found by; a second time changes nothing.
set -eu

# every continued run of a loop counts as closed, and closed runs are deleted after this time
retention=720h

tries=60
until temporal operator cluster health >/dev/null 2>&1; do
  tries=$((tries - 1))
  if [ "$tries" -eq 0 ]; then
    echo "No Temporal server answers at $TEMPORAL_ADDRESS." >&2
    exit 1
  fi
  sleep 1
done

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
fi

# also in src/contract/names.ts; a test compares them
temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
  --name Task --type Keyword \
  --name LiftLevel --type Int \
  --name DeviceClass --type Keyword \
  --name BestScore --type Double \
  --name Experiments --type Int \
  --name Phase --type Keyword
