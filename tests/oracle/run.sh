#!/bin/sh
# ODK's own tools on our checklists: run.sh OUTDIR [MISSION_DIR [RELEVANCE_PROGRAM]]
# pyxform converts every workbook, ODK's engine loads every form in three languages; any error ends it.
# With the program (`cargo build -p baqylau-forms --example relevance`) both engines answer each form at
# random and must agree, step by step, on which questions apply.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
out=${1:?usage: run.sh OUTDIR [MISSION_DIR]}
mission=${2:-$here/../../assets/missions/kz-2011}

cd "$here"
if [ ! -x .venv/bin/python ]; then
  python3 -m venv .venv
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --no-audit --no-fund
  cp package-lock.json node_modules/.installed
fi

mkdir -p "$out"
rm -f "$out"/*.xml
.venv/bin/python convert.py "$out" "$mission"/forms/*.csv
node load.mjs "$out" "$mission/register"
if [ -n "${3:-}" ]; then
  node differ.mjs "$out" "$mission" "$3"
fi
