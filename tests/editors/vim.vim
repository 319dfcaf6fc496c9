" A report in Vim: its findings, a fix by vim-lsp's own code actions, and the text that it leaves. Told by the environment
" what to open and to expect; ends with an exit code, and a reason in the file $REASON.

let s:timeout = 20.0

function! s:WaitFor(what, Holds) abort
  let l:began = reltime()
  while !a:Holds()
    if reltimefloat(reltime(l:began)) > s:timeout
      throw 'did not happen in time: ' .. a:what .. "\n" .. join(map(getloclist(0), 'string(v:val)'), "\n")
    endif
    " Lets messages of the server be handled.
    sleep 20m
  endwhile
endfunction

" What vim-lsp lists of the file, in a window that it opens for that.
function! s:Findings() abort
  call setloclist(0, [])
  silent LspDocumentDiagnostics
  let l:findings = getloclist(0)
  lclose
  return l:findings
endfunction

" The finding of a rule at a text, and only if it stands exactly there. Columns are bytes.
function! s:Finding(code, text) abort
  for l:it in s:Findings()
    let l:text = strpart(getline(l:it.lnum), l:it.col - 1, l:it.end_col - l:it.col)
    if l:it.text =~# a:code && l:text ==# a:text
      return [l:it]
    endif
  endfor
  return []
endfunction

" Takes the first of the code actions, which is to have a text in its title. The menu is two windows: the actions, and
" where one types to find others.
function! s:TakeAction(title) abort
  LspCodeAction quickfix
  call s:WaitFor('the code actions', {-> &filetype ==# 'lsp-quickpick-filter'})
  let l:first = getbufline(bufnr('lsp-quickpick$'), 1)[0]
  if stridx(l:first, a:title) < 0
    throw 'the first action is ' .. l:first
  endif
  call feedkeys("A\<CR>", 'tx')
endfunction

function! s:Run() abort
  execute 'edit' fnameescape($REPORT)
  call s:WaitFor('the findings', {-> !empty(s:Finding($CODE, $WRONG))})
  if empty(s:Finding($OTHER_CODE, $OTHER_TEXT))
    throw 'no ' .. $OTHER_CODE
  endif
  let l:it = s:Finding($CODE, $WRONG)[0]
  call cursor(l:it.lnum, l:it.col)
  call s:TakeAction($TITLE)
  call s:WaitFor('the end of the finding', {-> empty(s:Finding($CODE, $WRONG))})
  call s:WaitFor('the other finding', {-> !empty(s:Finding($OTHER_CODE, $OTHER_TEXT))})
  write

  " Its findings, if there were any, would come before those of the report opened after it.
  execute 'edit' fnameescape($NOTES)
  execute 'edit' fnameescape($COPY)
  call s:WaitFor('the findings of the copy', {-> !empty(s:Finding($CODE, $WRONG))})
  execute 'edit' fnameescape($NOTES)
  if !empty(s:Findings())
    throw 'findings in an ordinary file'
  endif
endfunction

function! s:Start(_) abort
  try
    call s:Run()
    qall!
  catch
    call writefile(split(v:exception, "\n") + [v:throwpoint], $REASON)
    cquit
  endtry
endfunction

" Once the configuration is read and the editor has come up.
autocmd VimEnter * ++once call timer_start(0, function('s:Start'))
