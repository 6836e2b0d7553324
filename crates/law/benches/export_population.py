#!/usr/bin/env python3
"""Writes the population of the comparison script as a file the benchmark reads.

    python export_population.py PATH/TO/openfisca_eligibility.py OUT [N]

The file: number of persons (u32), for each of the three years a byte for the yearly title and a byte for the level of
the initiative (0 none, 1 unit, 2 province) for everybody, then the score of everybody (u32); all little-endian. It also
prints the counts that the benchmark must find.
"""
import importlib.util
import sys

import numpy as np

spec = importlib.util.spec_from_file_location("peer", sys.argv[1])
peer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(peer)
n = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
data = peer.make_inputs(n)
with open(sys.argv[2], "wb") as out:
    out.write(np.uint32(n).tobytes())
    for year in peer.YEARS:
        out.write(data["ldtt", year].astype(np.uint8).tobytes())
        out.write(data["initiative", year].astype(np.uint8).tobytes())
    out.write(data["score"].astype("<u4").tobytes())
rules = peer.numpy_rules(data)
print("entitled:", int(rules["province"].sum()))
for skewed in (False, True):
    units = peer.unit_of(n, skewed)
    inside = peer.oracle_quota(data, rules["base"][2024], units)
    print("inside the quota,", "skewed:" if skewed else "even:", int(inside.sum()))
