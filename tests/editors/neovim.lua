-- A report in Neovim: its findings, a fix by the editor's own code actions, and the text that it leaves. Told by
-- the environment what to open and to expect; ends with an exit code, and a reason on standard output.

local TIMEOUT_MS = 20000
local env = vim.env

local function wait_for(what, holds)
  if not vim.wait(TIMEOUT_MS, holds, 20) then
    local found = vim.tbl_map(function(it) return ('%d:%d %s'):format(it.lnum, it.col, it.message) end, vim.diagnostic.get(0))
    error('did not happen in time: ' .. what .. '\n' .. table.concat(found, '\n'))
  end
end

--- The finding of a rule at a text, and only if it stands exactly there. Columns are bytes.
local function finding(code, text)
  for _, it in ipairs(vim.diagnostic.get(0)) do
    -- Neovim 0.7 keeps the code with what is its server's.
    local its = it.code or it.user_data.lsp.code
    local line = vim.api.nvim_buf_get_lines(0, it.lnum, it.lnum + 1, true)[1]
    if its == code and it.end_lnum == it.lnum and line:sub(it.col + 1, it.end_col) == text then
      return it
    end
  end
end

--- Takes the one code action with a text in its title, as a user would from the menu.
local function take_action(title)
  local offered = {}
  local taken
  vim.ui.select = function(items, options, choose)
    for index, item in ipairs(items) do
      local name = options.format_item(item)
      table.insert(offered, name)
      if not taken and name:find(title, 1, true) then
        taken = true
        choose(item, index)
      end
    end
  end
  vim.lsp.buf.code_action()
  wait_for('a code action ' .. title, function() return taken or #offered > 0 end)
  assert(taken, 'no action ' .. title .. ' among\n' .. table.concat(offered, '\n'))
end

local function run()
  vim.cmd('edit ' .. vim.fn.fnameescape(env.REPORT))
  wait_for('the findings', function() return finding(env.CODE, env.WRONG) end)
  assert(finding(env.OTHER_CODE, env.OTHER_TEXT), 'no ' .. env.OTHER_CODE)

  local it = finding(env.CODE, env.WRONG)
  vim.api.nvim_win_set_cursor(0, { it.lnum + 1, it.col })
  take_action(env.TITLE)
  wait_for('the end of the finding', function() return not finding(env.CODE, env.WRONG) end)
  assert(finding(env.OTHER_CODE, env.OTHER_TEXT), env.OTHER_CODE .. ' is gone, too')
  vim.cmd('silent write')

  -- Its findings, if there were any, would come before those of the report opened after it.
  vim.cmd('edit ' .. vim.fn.fnameescape(env.NOTES))
  local notes = vim.api.nvim_get_current_buf()
  vim.cmd('edit ' .. vim.fn.fnameescape(env.COPY))
  wait_for('the findings of the copy', function() return finding(env.CODE, env.WRONG) end)
  assert(#vim.diagnostic.get(notes) == 0, 'findings in an ordinary file')
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  assert(#clients == 1, #clients .. ' servers for three files')
end

-- Once the configuration is read and the editor has come up, like what a user does.
vim.api.nvim_create_autocmd('VimEnter', {
  callback = function()
    vim.schedule(function()
      local done, reason = pcall(run)
      if not done then io.stdout:write(tostring(reason) .. '\n') end
      vim.cmd(done and 'qall!' or 'cquit 1')
    end)
  end,
})
