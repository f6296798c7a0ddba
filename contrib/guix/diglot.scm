;; A package for Guix: `guix build -f diglot.scm` beside a checkout of the sources in ./diglot, with the crates vendored into it
;; (`cargo vendor` in the checkout writes ./diglot/vendor, and prints the configuration that goes into ./diglot/.cargo/config.toml).
;; Written from the manual of Guix. Guile reads it; it was not built, for want of Guix where it was written. Guix builds offline, hence the vendored crates.
(use-modules (guix packages)
             (guix gexp)
             (guix build-system gnu)
             ((guix licenses) #:prefix license:)
             (gnu packages rust)
             (gnu packages ghostscript))

(package
  (name "diglot")
  (version "0.1.0")
  (source (local-file "diglot" "diglot-checkout" #:recursive? #t))
  (build-system gnu-build-system)
  (arguments
   (list
    #:tests? #f ; the test program asks for judges from outside
    #:phases
    #~(modify-phases %standard-phases
        (delete 'configure)
        (replace 'build
          (lambda _
            (setenv "CARGO_HOME" (string-append (getcwd) "/.cargo"))
            (invoke "cargo" "build" "--release" "--offline" "--locked")))
        (replace 'install
          (lambda _
            (let ((bin (string-append #$output "/bin")))
              (install-file "target/release/diglot" bin)
              (invoke (string-append bin "/diglot") "man" (string-append #$output "/share/man/man1"))))))))
  (native-inputs (list rust `(,rust "cargo")))
  (inputs (list ghostscript))
  (synopsis "From one JATS master of a scholarly article to a journal's PDF and EPUB")
  (description
   "diglot sets a scholarly article that is written in JATS as a journal's print-ready PDF and as an EPUB, in every language of the master, and proves of each
output that nothing of the master's text is lost.")
  (home-page "")
  (license (list license:expat license:asl2.0)))
