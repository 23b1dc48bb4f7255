"""Every kind of harm, and how often it is tried."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults import broken, disk_steps, own_files, power
from tests.faults.outcome import Kind

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("report-file", own_files.report_file, 10_000, 300, 5, broken.no_checksums, 300),
        Kind("journal", own_files.journal, 10_000, 300, 5, broken.no_checksums, 300),
        Kind("disk-step", disk_steps.attempt, 1_000, 60, 10, broken.in_place_writes, 800),
        Kind("power-cut", power.attempt, 3_000, 120, 10, broken.no_syncs, 60),
    )
}
