"""Which module of a package each shape stands in: by its own name, never by its company."""

import pytest

from specwright.python.symbols import module_stems, shared_module


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("Tag", "shared_tag"),
        ("SortOrder", "shared_sort"),
        ("VpcConfig", "shared_vpc"),
        ("InstanceMetadataOptions", "shared_instance"),
        ("InstanceMetadataOptionsResponse", "shared_instance_metadata"),
        ("LaunchTemplateBlockDeviceMapping", "shared_launch_template"),
        ("import", "shared_import"),
        ("CON", "shared_con"),
        ("🎈", "shared_empty"),
        ("A" + "b" * 300, "shared_a" + "b" * 59),
        ("A" + "b" * 58 + "_c_d_e", "shared_a" + "b" * 58),
    ],
)
def test_the_first_half_of_a_name_s_words(name: str, module: str):
    assert shared_module(name) == module


def test_modules_of_operations_never_meet_those_of_shared_shapes():
    files = [
        "shapes.yaml",
        "operations/SharedSort.yaml",
        "operations/Aux.yaml",
        "operations/ListJobs.yaml",
        "operations/listJobs.yaml",
    ]
    assert module_stems(files) == {
        "operations/Aux.yaml": "aux_",
        "operations/ListJobs.yaml": "list_jobs",
        "operations/SharedSort.yaml": "shared_sort_",
        "operations/listJobs.yaml": "list_jobs_2",
    }
    assert shared_module("Sort_") == "shared_sort"
