"""boto3 pages of the installed botocore, by its own documenter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore
import botocore.session
from botocore import xform_name
from botocore.config import Config
from botocore.docs.bcdoc.restdoc import DocumentStructure
from botocore.docs.client import ClientDocumenter
from botocore.exceptions import UnknownServiceError
from botocore.model import ServiceModel
from botocore.utils import get_service_module_name

from specwright.sources.pages.rst_names import plain_name

_HEAD = """\
# Names of services, one service a line: id, folder in botocore, class in boto3, uid, target
# prefix, titles, U or L where names of members begin with a capital or with a small letter,
# operations that are not called as the words of their methods.
# Written by: python -m tests.accuracy services
"""
DATA = Path(botocore.__file__).parent / "data"


def services() -> list[str]:
    """The services that botocore has."""
    return sorted(p.name for p in DATA.iterdir() if p.is_dir() and _folder(p.name))


def model(service: str) -> dict[str, Any]:
    """A service's model as it is installed, extras merged."""
    loader = botocore.session.get_session().get_component("data_loader")
    loaded: dict[str, Any] = loader.load_service_model(service, "service-2")
    return loaded


def paginators(service: str) -> dict[str, Any]:
    """The paginators of a service."""
    loader = botocore.session.get_session().get_component("data_loader")
    try:
        loaded: dict[str, Any] = loader.load_service_model(service, "paginators-1")
    except UnknownServiceError:
        return {}
    return dict(loaded["pagination"])


def _folder(service: str) -> Path | None:
    versions = [
        p for p in (DATA / service).iterdir() if (p / "service-2.json.gz").is_file()
    ]
    return max(versions, default=None)


class Documenter:
    """Renders the pages of one service."""

    def __init__(self, service: str) -> None:
        session = botocore.session.Session()
        self.client = session.create_client(
            service,
            region_name="us-east-1",
            aws_access_key_id="none",
            aws_secret_access_key="none",
            config=Config(parameter_validation=False),
        )
        self._documenter = ClientDocumenter(self.client, "", {})
        methods = self._documenter._get_client_methods()
        self.methods = {
            operation: (name, methods[name])
            for name, operation in self.client.meta.method_to_api_mapping.items()
            if name in methods
        }

    def page(self, operation: str) -> str:
        """The page of an operation."""
        name, method = self.methods[operation]
        structure = DocumentStructure(name, target="html")
        self._documenter._add_client_method(structure, name, method)
        return structure.flush_structure().decode("utf-8")

    def pages(self) -> Iterator[tuple[str, str]]:
        """All operations with their pages."""
        for operation in self.methods:
            yield operation, self.page(operation)


def _case(loaded: ServiceModel) -> str:
    """How nearly all names of members of inputs begin."""
    shapes = (
        loaded.operation_model(name).input_shape for name in loaded.operation_names
    )
    names = [name for shape in shapes if shape is not None for name in shape.members]
    capital = sum(name[:1].isupper() for name in names)
    if not names or 0.02 * len(names) < capital < 0.98 * len(names):
        return ""
    return "U" if capital > len(names) / 2 else "L"


def table() -> str:
    """The names of all services, as the package has them."""
    rows = []
    for name in services():
        loaded = ServiceModel(model(name), name)
        said = loaded.metadata
        titles = [
            said.get("serviceFullName"),
            said.get("serviceAbbreviation"),
            said["serviceId"],
        ]
        columns = [
            said["serviceId"],
            name,
            get_service_module_name(loaded),
            said.get("uid", ""),
            said.get("targetPrefix", ""),
            "|".join(dict.fromkeys(title for title in titles if title)),
            _case(loaded),
            "|".join(
                name
                for name in loaded.operation_names
                if plain_name(xform_name(name)) != name
            ),
        ]
        rows.append("\t".join(columns) + "\n")
    return _HEAD + "".join(rows)
