# A derivation for Nix: `nix-build -E '(import <nixpkgs> { }).callPackage ./default.nix { }'` beside a checkout of the sources in ./diglot.
# Written from the manual of nixpkgs (rustPlatform). Nix reads and evaluates it; it was not built, for want of nixpkgs where it was written.
{
  lib,
  rustPlatform,
  makeWrapper,
  ghostscript,
}:

rustPlatform.buildRustPackage {
  pname = "diglot";
  version = "0.1.0";

  src = lib.cleanSource ./diglot;
  cargoLock.lockFile = ./diglot/Cargo.lock;

  # The test program asks for judges from outside; `make test` in a checkout runs it.
  doCheck = false;

  nativeBuildInputs = [ makeWrapper ];

  # Pictures in EPS and PDF, and pages without transparency, go through Ghostscript.
  postInstall = ''
    wrapProgram $out/bin/diglot --prefix PATH : ${lib.makeBinPath [ ghostscript ]}
    for shell in bash fish zsh; do $out/bin/diglot completions $shell > diglot.$shell; done
    install -Dm644 diglot.bash $out/share/bash-completion/completions/diglot
    install -Dm644 diglot.fish $out/share/fish/vendor_completions.d/diglot.fish
    install -Dm644 diglot.zsh $out/share/zsh/site-functions/_diglot
    $out/bin/diglot man $out/share/man/man1
  '';

  meta = {
    description = "From one JATS master of a scholarly article to a journal's PDF and EPUB";
    license = with lib.licenses; [ mit asl20 ];
    mainProgram = "diglot";
  };
}
