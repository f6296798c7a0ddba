-- Neovim (0.7 and later): copy to ~/.config/nvim/plugin/diglot.lua. Masters are XML; `diglot` is expected on the path.
vim.api.nvim_create_autocmd("FileType", {
  pattern = "xml",
  callback = function(event)
    local file = vim.api.nvim_buf_get_name(event.buf)
    local project = vim.fn.findfile("diglot.toml", vim.fn.fnamemodify(file, ":p:h") .. ";")
    local root = project ~= "" and vim.fn.fnamemodify(project, ":p:h") or vim.fn.fnamemodify(file, ":p:h")
    local config = { name = "diglot", cmd = { "diglot", "lsp" }, root_dir = root, cmd_cwd = root }
    if vim.lsp.start then
      vim.lsp.start(config)
    else
      local id = vim.lsp.start_client(config)
      if id then vim.lsp.buf_attach_client(event.buf, id) end
    end
  end,
})
