;;; diglot.el --- JATS masters in Emacs  -*- lexical-binding: t; -*-
;; Emacs 29 and later, or an older one with eglot: (load "/path/to/diglot.el") in the init file. `diglot' is expected on the path.
(require 'eglot)
(add-to-list 'eglot-server-programs '((nxml-mode xml-mode) . ("diglot" "lsp")))
(add-hook 'nxml-mode-hook #'eglot-ensure)
(provide 'diglot)
;;; diglot.el ends here
