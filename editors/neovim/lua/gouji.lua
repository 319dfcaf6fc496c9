-- Starts gouji for reports, in any Neovim from 0.7 on.

local M = {}

--- The one client of a Neovim before 0.8, which has no vim.lsp.start.
local client

local function start(config)
  if not (client and vim.lsp.get_client_by_id(client)) then
    client = vim.lsp.start_client(config)
  end
  if client then
    vim.lsp.buf_attach_client(0, client)
  end
end

--- Starts the server where a report may be opened.
---@param options? table what shall be other than in lsp/gouji.lua, such as cmd or on_attach
function M.setup(options)
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.config('gouji', options or {})
    vim.lsp.enable('gouji')
    return
  end
  local shipped = dofile(vim.api.nvim_get_runtime_file('lsp/gouji.lua', false)[1])
  local config = vim.tbl_extend('force', { name = 'gouji' }, shipped, options or {})
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('gouji', {}),
    pattern = config.filetypes,
    callback = function()
      -- Not in help, terminals and lists.
      if vim.bo.buftype == '' then
        (vim.lsp.start or start)(config)
      end
    end,
  })
end

return M
