package say

// Of what is wrong with an expression of keywords.
const (
	KeywordAt       Key = "keyword-at"
	KeywordNot      Key = "keyword-not"
	KeywordBracket  Key = "keyword-bracket"
	KeywordComma    Key = "keyword-comma"
	KeywordMissing  Key = "keyword-missing"
	KeywordStraight Key = "keyword-straight"
	KeywordQuotes   Key = "keyword-quotes"
	KeywordEscape   Key = "keyword-escape"
	KeywordUnclosed Key = "keyword-unclosed"
	KeywordLong     Key = "keyword-long"
	KeywordEmpty    Key = "keyword-empty"
)
