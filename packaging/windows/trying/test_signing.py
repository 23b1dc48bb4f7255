"""The hook for a signer is tried with a certificate of our own: what is handed out and what it unpacks are signed."""

from __future__ import annotations

import datetime as dt
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from making.build import TREE
from making.installer import pack
from making.places import CONSOLE_LAUNCHER, LAUNCHER
from making.signing import sign
from trying.conftest import TRYING, remove
from trying.pc import Pc

FOLDER = TRYING / "signing"
SIGN = """#!/bin/sh
set -e
osslsigncode sign -certs {certificate} -key {key} -h sha256 -in "$1" -out "$1.signed"
mv "$1.signed" "$1"
"""


@pytest.fixture(scope="module")
def hook() -> str:
    """A command that signs a file in its place."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "试一试")])
    today = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(today - dt.timedelta(1)).not_valid_after(today + dt.timedelta(1))
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=False)
    (FOLDER / "certificate.pem").write_bytes(
        builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (FOLDER / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    script = FOLDER / "sign.sh"
    said = SIGN.format(
        certificate=shlex.quote(str(FOLDER / "certificate.pem")), key=shlex.quote(str(FOLDER / "key.pem"))
    )
    script.write_text(said, encoding="utf-8")
    return f"sh {shlex.quote(str(script))}"


@pytest.mark.usefixtures("without_program")
def test_launchers_setup_and_uninstaller_are_signed_and_still_work(pc: Pc, hook: str) -> None:
    tree = FOLDER / "tree"
    shutil.copytree(TREE, tree)
    sign([tree / LAUNCHER, tree / CONSOLE_LAUNCHER], hook)
    setup = FOLDER / "signed-setup.exe"
    pack(tree, setup, sign=hook, fast=True)
    assert pc.run([setup, "/S"])[0] == 0
    handed_out = [setup, *(pc.installed / name for name in (LAUNCHER, CONSOLE_LAUNCHER, "uninstall.exe"))]
    assert [path.name for path in handed_out if not is_signed(path)] == []
    remove(pc)
    assert not pc.installed.exists()


def is_signed(path: Path) -> bool:
    roots = str(FOLDER / "certificate.pem")
    command = ["osslsigncode", "verify", "-ignore-crl", "-CAfile", roots, "-in", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
