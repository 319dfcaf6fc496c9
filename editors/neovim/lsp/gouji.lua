-- How Neovim talks to gouji: for vim.lsp.enable('gouji') from 0.11 on, and read by lua/gouji.lua for older ones.

---@type vim.lsp.Config
return {
  cmd = { 'gouji', 'lsp' },
  -- What reports are written in. The server looks at the text, and is quiet where it is no report.
  filetypes = { 'markdown', 'text', 'html' },
}
