;;; gouji.el --- Check annual reports on open government information  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; Keywords: languages, text
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Starts the language server gouji with Eglot in buffers that hold a 政府信息公开工作年度报告, and in no others:
;;
;;     (require 'gouji)
;;
;; Where a buffer does not look like a report yet, M-x gouji starts it.

;;; Code:

(require 'eglot)

(defgroup gouji nil
  "Check annual reports on open government information."
  :group 'tools)

(defcustom gouji-program "gouji"
  "The program of the language server."
  :type 'string)

(defcustom gouji-modes '(markdown-mode gfm-mode text-mode html-mode mhtml-mode)
  "Major modes in which reports are written."
  :type '(repeat symbol))

(defcustom gouji-report-regexp "政府信息公开"
  "Buffers without a match for this are ordinary text."
  :type 'regexp)

(defun gouji-report-p ()
  "Whether the buffer looks like a report."
  (and buffer-file-name
       (apply #'derived-mode-p gouji-modes)
       (save-excursion
         (save-restriction
           (widen)
           (goto-char (point-min))
           (re-search-forward gouji-report-regexp nil t)))
       t))

;;;###autoload
(defun gouji ()
  "Have gouji check the buffer."
  (interactive)
  ;; In this buffer alone: Markdown that is no report keeps the server that it has.
  (setq-local eglot-server-programs
              (cons (list major-mode gouji-program "lsp") eglot-server-programs))
  (eglot-ensure))

(defun gouji-maybe ()
  "Have gouji check the buffer if it looks like a report."
  (when (gouji-report-p)
    (gouji)))

;; Eglot leaves the bytes of a Chinese file name undecoded. Emacs 30 then finds no buffer of that name and drops its
;; diagnostics; older ones find it, and say that two names are the same file. Decoded names stay what they are.
(defun gouji--decode (path)
  "PATH with bytes read as characters."
  (decode-coding-string path 'utf-8))

(dolist (function '(eglot-uri-to-path eglot--uri-to-path))
  (when (fboundp function)
    (advice-add function :filter-return #'gouji--decode)))

;; After the mode's own hooks, and when the text is there.
(add-hook 'find-file-hook #'gouji-maybe)

(provide 'gouji)
;;; gouji.el ends here
