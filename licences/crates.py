"""Writes crates.tsv anew: every crate that is compiled into the program, with its version and its licence, a line each.

`make licences` runs it. It asks cargo alone, for the platform that releases are built for, and leaves out what only tests, build scripts and the compiler need.
"""

import json
import os
import subprocess

PLATFORM = "x86_64-unknown-linux-gnu"
HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    cargo = os.environ.get("CARGO", "cargo")
    arguments = [cargo, "metadata", "--format-version", "1", "--locked", "--filter-platform", PLATFORM]
    data = json.loads(subprocess.run(arguments, cwd=os.path.dirname(HERE), check=True, capture_output=True).stdout)
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    own = set(data["workspace_members"])
    todo = [package["id"] for package in data["packages"] if package["name"] == "diglot"]
    seen = set(todo)
    while todo:
        for dependency in nodes[todo.pop()]["deps"]:
            is_compiled_in = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            is_macro = any("proc-macro" in target["kind"] for target in packages[dependency["pkg"]]["targets"])
            if is_compiled_in and not is_macro and dependency["pkg"] not in seen:
                seen.add(dependency["pkg"])
                todo.append(dependency["pkg"])
    lines = []
    for package in sorted((packages[id] for id in seen - own), key=lambda package: (package["name"], package["version"])):
        licence = package["license"] or f"see {package['license_file']}"
        lines.append(f"{package['name']}\t{package['version']}\t{licence}\n")
    with open(os.path.join(HERE, "crates.tsv"), "w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)
    print(f"{len(lines)} crates")


main()
