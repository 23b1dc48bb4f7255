"""Every kind of harm, and how often it is tried."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults import (
    broken,
    clock,
    disk_steps,
    foreign,
    full_recovery,
    kill,
    large,
    open_editor,
    own_files,
    own_promises,
    power,
    rules,
    two_programs,
    window_power,
)
from tests.faults.outcome import Breakage, Kind

# Full counts are somewhat more than what is asked for, since mutations that change nothing do not count.
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("kill", kill.attempt, 150, 2, 60, broken.no_journal, 6),
        Kind("open-editor", open_editor.attempt, 150, 2, 60, broken.no_notes_of_editors, 4),
        Kind("window-power", window_power.attempt, 100, 2, 60, broken.elsewhere(broken.no_autosave_syncs), 4),
        Kind(
            "full-recovery",
            full_recovery.attempt,
            60,
            1,
            60,
            broken.elsewhere(broken.recovered_put_aside_at_once),
            4,
        ),
        Kind("unreliable-disk", own_promises.unreliable_disk, 400, 20, 10, broken.no_reading_back, 20),
        Kind("second-export", own_promises.second_export, 100, 3, 20, broken.exports_replaced, 6),
        Kind("disk-step", disk_steps.attempt, 1_000, 40, 10, broken.in_place_writes, 800),
        Kind("power-cut", power.attempt, 3_000, 60, 10, broken.no_syncs, 60),
        Kind("full-disk", large.full_disk, 60, 3, 50, broken.in_place_writes_elsewhere, 40),
        Kind("two-programs", two_programs.at_once, 200, 4, 20, broken.no_locks, 10),
        Kind("changed-behind", two_programs.changed_behind, 240, 12, 10, broken.no_locks, 24),
        Kind("clock", clock.attempt, 400, 20, 10, broken.versions_by_time, 40),
        Kind("closing", clock.attempt, 100, 5, 10, broken.no_version_at_closing, 10),
        Kind("huge-file", large.huge_file, 20, 2, 5, broken.no_limits, 3),
        Kind("rule-raises", rules.attempt, 1_000, 60, 10, broken.silent_rules, 10),
        Kind("report-file", own_files.report_file, 10_200, 200, 5, broken.no_checksums, 300),
        Kind("journal", own_files.journal, 10_200, 200, 5, broken.no_checksums, 600),
        Kind(
            "office",
            foreign.office_attempt,
            2_600,
            24,
            5,
            broken.no_sentences,
            100,
            foreign.office_apart,
        ),
        *(
            Kind(
                suffix,
                foreign.attempt_on(suffix),
                full,
                short,
                5,
                broken.no_odd_characters if suffix == "html" else broken.no_sentences,
                spoilt,
                foreign.apart_on(suffix),
            )
            for suffix, full, short, spoilt in (
                ("xlsx", 10_200, 100, 100),
                ("docx", 10_200, 60, 100),
                ("html", 10_200, 60, 100),
                ("pdf", 1_040, 6, 40),
                ("xls", 1_060, 10, 100),
                ("doc", 1_060, 10, 100),
            )
        ),
    )
}

BREAKAGES: Mapping[str, Breakage] = {
    one.name: one
    for one in (
        *(Breakage(kind.name, kind.name, kind.spoil, kind.spoilt) for kind in KINDS.values()),
        Breakage("syncs do nothing", "window-power", broken.elsewhere(broken.empty_syncs), 4),
        Breakage("folders are not synced", "window-power", broken.elsewhere(broken.no_folder_syncs), 4),
        Breakage("the journal goes first", "power-cut", broken.journal_given_up_first, 60),
        Breakage("recovery leaves out the last edit", "kill", broken.no_last_edit, 8),
        Breakage("two of three edits in memory", "kill", broken.elsewhere(broken.edits_kept_in_memory), 8),
    )
}
"""Every way in which the store is broken on purpose; of each kind the first has its name."""
