" Registers gouji with vim-lsp.

if exists('g:loaded_gouji')
  finish
endif
let g:loaded_gouji = 1

function! s:register() abort
  let l:capabilities = lsp#default_get_supported_capabilities({})
  " vim-lsp counts characters, and without this is told columns in UTF-16.
  let l:capabilities.general = extend(get(l:capabilities, 'general', {}), {'positionEncodings': ['utf-32']})
  call lsp#register_server({
        \ 'name': 'gouji',
        \ 'cmd': ['gouji', 'lsp'],
        \ 'allowlist': ['markdown', 'text', 'html'],
        \ 'capabilities': l:capabilities,
        \ })
endfunction

augroup gouji
  autocmd!
  autocmd User lsp_setup call s:register()
augroup END
