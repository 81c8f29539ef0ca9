package telegram

func parseMarkdown(s string) (string, []Entity, *problem)   { return s, nil, nil }
func parseMarkdownV2(s string) (string, []Entity, *problem) { return s, nil, nil }
func parseHTML(s string) (string, []Entity, *problem)       { return s, nil, nil }
