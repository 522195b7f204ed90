"""The head signed by a certified key, as JWS and as CMS, and the copies of the certificates."""

from . import cms, jws
from .certificates import chains_to, pem_of, read_root
from .report import INCOMPLETE, NOTE, TAMPERED

JWS, CMS, CHAIN, ROOT = "checkpoint.jws", "checkpoint.p7s", "keys/chain.pem", "keys/root.pem"


def _is_root_of(pem, chain):
    try:
        return chains_to(chain, read_root(pem))
    except ValueError:
        return False


def check_certified(files, head, roots, report):
    """The signature of the CMS and the token of the time-stamp over it, for whoever checks time-stamps; else None."""
    if not any(map(files.exists, (JWS, CMS, CHAIN, ROOT))):
        if roots:
            report.add(INCOMPLETE, JWS, "is missing, although a root certificate is pinned")
        return None
    data, signed, chain_pem, root_pem = map(files.small, (JWS, CMS, CHAIN, ROOT))
    if data is None:
        return None
    try:
        chain = jws.open_jws(data, head.text)
    except jws.Refused as error:
        report.add(TAMPERED, JWS, str(error))
        return None
    # Dates are not judged: nothing here says when the signature was made.
    if not roots:
        report.add(NOTE, JWS, "no root certificate is pinned: whose certificate signed was not judged")
    elif not any(chains_to(chain, root) for root in roots):
        report.add(TAMPERED, JWS, "its certificate does not come from the pinned root")
    if chain_pem is not None and chain_pem != b"".join(pem_of(one.der) for one in chain):
        report.add(TAMPERED, CHAIN, "is not the certificates of checkpoint.jws")
    if root_pem is not None and not _is_root_of(root_pem, chain):
        report.add(TAMPERED, ROOT, "is not the root of the certificates of checkpoint.jws")
    if signed is None:
        return None
    try:
        return cms.open_cms(signed, head.text, chain)
    except cms.Refused as error:
        report.add(TAMPERED, CMS, str(error))
        return None
