package say

// Of lists with pages.
const (
	PageBack Key = "page-back"
	PageNext Key = "page-next"
)
