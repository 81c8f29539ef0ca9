package say

// Of the work list, /open.
const (
	OpenAll        Key = "open-all"
	OpenMine       Key = "open-mine"
	OpenFree       Key = "open-free"
	OpenNobody     Key = "open-nobody"
	OpenNobodyMine Key = "open-nobody-mine"
	OpenNobodyFree Key = "open-nobody-free"
	OpenTotal      Key = "open-total"
	OpenUsage      Key = "open-usage"
)
