;;; emacs.el --- A report in Emacs  -*- lexical-binding: t; -*-

;;; Commentary:

;; Its findings, a fix by Eglot's own code actions, and the text that it leaves. Told by the environment what to
;; open and to expect; an error ends Emacs with an exit code.

;;; Code:

(require 'cl-lib)
(require 'flymake)

(defconst test-timeout 20 "Seconds.")

(setq make-backup-files nil
      create-lockfiles nil
      ;; Without a keyboard Emacs is never idle, and timers wait for that.
      flymake-no-changes-timeout nil
      eglot-sync-connect test-timeout
      eglot-confirm-server-initiated-edits nil)

(defun test-findings ()
  "What Flymake shows, as (BEGINNING TEXT MESSAGE)."
  (mapcar (lambda (it)
            (let ((beg (flymake-diagnostic-beg it)) (end (flymake-diagnostic-end it)))
              (list beg (buffer-substring-no-properties beg end) (flymake-diagnostic-text it))))
          (flymake-diagnostics)))

(defun test-finding (code text)
  "Where a finding of the rule CODE stands, if it is exactly at TEXT."
  (car (cl-find-if (lambda (it) (and (equal (nth 1 it) text) (string-match-p code (nth 2 it))))
                   (test-findings))))

(defun test-wait-for (what holds)
  "Let Emacs work until HOLDS returns something; WHAT names it."
  (let ((end (+ (float-time) test-timeout)))
    (while (not (funcall holds))
      (when (> (float-time) end)
        (error "Did not happen in time: %s\n%S" what (test-findings)))
      (accept-process-output nil 0.02)
      (flymake-start))))

(defun test-open (file)
  "Visit FILE like a command of the user."
  (switch-to-buffer (find-file-noselect file))
  (run-hooks 'post-command-hook))

(defun test-take-action (title)
  "Take the code action at point with TITLE in its name, as from the menu."
  (let ((completing-read-function
         (lambda (_prompt collection &rest _)
           (let ((names (all-completions "" collection)))
             (or (cl-find-if (lambda (it) (string-match-p (regexp-quote title) it)) names)
                 (error "No action %s among %S" title names)))))
        ;; A key and no click, which would open a menu.
        (last-nonmenu-event ?\r))
    (call-interactively #'eglot-code-actions))
  (run-hooks 'post-command-hook)
  ;; What Eglot does when the user pauses.
  (eglot--signal-textDocument/didChange))

(let ((code (getenv "CODE")) (wrong (getenv "WRONG"))
      (other-code (getenv "OTHER_CODE")) (other-text (getenv "OTHER_TEXT")))
  (test-open (getenv "NOTES"))
  (when (or (bound-and-true-p eglot--managed-mode) (eglot-current-server))
    (error "A server for an ordinary file"))

  (test-open (getenv "REPORT"))
  (test-wait-for "the findings" (lambda () (test-finding code wrong)))
  (unless (test-finding other-code other-text)
    (error "No %s: %S" other-code (test-findings)))
  (goto-char (test-finding code wrong))
  (test-take-action (getenv "TITLE"))
  (test-wait-for "the end of the finding" (lambda () (not (test-finding code wrong))))
  (test-wait-for "the other finding" (lambda () (test-finding other-code other-text)))
  (save-buffer)
  (eglot-shutdown (eglot-current-server) nil test-timeout))

;;; emacs.el ends here
