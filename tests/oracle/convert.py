"""Converts XLSForms in pyxform's CSV layout to XForms: convert.py OUTDIR FILE...

pyxform's warnings are printed; an error ends the run with status 1.
"""

import sys
from pathlib import Path

from pyxform.xls2xform import convert


def main() -> int:
    out_dir, *files = (Path(argument) for argument in sys.argv[1:])
    out_dir.mkdir(parents=True, exist_ok=True)
    failed = False
    for file in files:
        try:
            result = convert(xlsform=str(file), file_type=".csv")
        except Exception as error:  # whatever pyxform raises is what we want to hear
            print(f"{file.name}: {error}", file=sys.stderr)
            failed = True
            continue
        for warning in result.warnings:
            print(f"{file.name}: warning: {' '.join(warning.split())}")
        (out_dir / f"{file.stem}.xml").write_text(result.xform, encoding="utf-8")
        print(f"{file.name}: converted, {len(result.xform)} characters")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
