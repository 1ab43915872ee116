#!/bin/sh
# Sorts the built services into what the images' layers are made of, so that a change of ours sends
# kilobytes: third-party libraries that all of them have, those that one service has, and our own jars.
#   docker/layers.sh OUT SERVICE…    makes OUT/libraries, OUT/SERVICE/libraries and OUT/SERVICE/app
set -eu
out=$1
shift

everywhere() {
  library=$1
  shift
  for other in "$@"; do
    [ -e "$other/target/lib/$library" ] || return 1
  done
}

mkdir -p "$out/libraries"
for service in "$@"; do
  mkdir -p "$out/$service/libraries" "$out/$service/app/lib"
  cp "$service/target/$service.jar" "$out/$service/app/"
  for jar in "$service"/target/lib/*.jar; do
    name=${jar##*/}
    case $name in
      common-[0-9]*.jar) to=$out/$service/app/lib ;;
      *) if everywhere "$name" "$@"; then to=$out/libraries; else to=$out/$service/libraries; fi ;;
    esac
    cp "$jar" "$to/"
  done
done
