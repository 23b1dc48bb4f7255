"""``reportdesk form``: takes in, or makes, what a district hands out between two versions."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.cli.arguments import Command, Parser, path_given
from reportdesk.cli.console import Exit, print_error

if TYPE_CHECKING:
    from reportdesk.intake.form_package import Package


def _add_arguments(parser: Parser) -> None:
    parser.places.add_argument("file", type=path_given, metavar="文件.gkform", help="上级发来的表样文件")
    add = parser.options.add_argument
    add("--check", action="store_true", help="只核对，不导入")
    add("--make", type=path_given, metavar="文件夹", help="不导入，用这个文件夹里的表样和规则做出文件")


def _run(options: argparse.Namespace) -> Exit:
    from reportdesk.intake.form_package import HandedOutError, make_package, read_package, take_in
    from reportdesk.store.clock import now

    try:
        if options.make:
            folder: Path = options.make
            names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
            package = make_package(options.file, folder, names)
            print(f"已做出{options.file.name}：{package.says}，核对码 {package.check_code}。")
        elif options.check:
            package = read_package(options.file)
            _print_changes(package)
            print(f"可以导入：{package.says}，核对码 {package.check_code}。")
        else:
            package = read_package(options.file)
            _print_changes(package)
            print(take_in(package, now()))
    except HandedOutError as error:
        return print_error(str(error), Exit.UNREADABLE)
    return Exit.OK


def _print_changes(package: Package) -> None:
    from reportdesk.intake.form_changes import changes_of

    print(f"SHA-256：{package.digest_to_read_out}")
    print(*changes_of(package), sep="\n")


COMMAND = Command("form", "导入上级发来的表样或审核规则（.gkform）：0 已导入，3 不能用", _add_arguments, _run)
