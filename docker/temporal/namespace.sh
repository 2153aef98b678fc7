#!/bin/sh
# Makes the namespace and the search attributes that loops are found by; a second time changes nothing.
set -eu

# every continued run of a loop counts as closed, and closed runs are deleted after this time
retention=720h

# A server that starts answers late, and a namespace is known to all of its parts some seconds after it was made.
patiently() {
  tries=60
  until said=$("$@" 2>&1); do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
      echo "$said" >&2
      echo "Giving up on $TEMPORAL_ADDRESS: $*" >&2
      exit 1
    fi
    sleep 1
  done
}

patiently temporal operator cluster health
if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  patiently temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
fi

# also in src/contract/names.ts; a test compares them
patiently temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
  --name Task --type Keyword \
  --name LiftLevel --type Int \
  --name DeviceClass --type Keyword \
  --name BestScore --type Double \
  --name Experiments --type Int \
  --name Phase --type Keyword
