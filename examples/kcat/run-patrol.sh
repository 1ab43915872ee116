#!/bin/sh
# What a UI backend does, with kcat: asks for a patrol, shows where it is, prints its report's event.
#
#   ./run-patrol.sh [REPORT_TYPE]
set -eu

brokers=${PATROL_KAFKA_BOOTSTRAP_SERVERS:-127.0.0.1:19092}
prefix=${PATROL_TOPIC_PREFIX:-}
id=$(cat /proc/sys/kernel/random/uuid)
since=$(($(date +%s) - 60))000 # milliseconds; a minute ago, for clocks that differ
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

# prints what the topic says of this patrol, until one value holds the text
follow() {
  mkfifo "$directory/$1"
  kcat -C -q -u -b "$brokers" -t "$prefix$1" -o "s@$since" -X isolation.level=read_committed \
    -f '%k %s\n' >"$directory/$1" &
  while read -r key value; do
    [ "$key" = "$id" ] || continue
    printf '%s\n' "$value"
    case $value in *"$2"*) break ;; esac
  done <"$directory/$1"
  kill $!
}

printf '{"patrol_id":"%s","report_type":"%s","triggered_by":"kcat"}\n' "$id" "${1:-on_demand}" |
  kcat -P -b "$brokers" -t "${prefix}patrol.requested"

follow patrol.status '"state":"finished"' >&2
follow patrol.report-finished '"report_id"'
