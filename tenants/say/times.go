package say

// Spans of time, moments, numbers.
const (
	SpanSeconds        Key = "span-seconds"
	SpanMinutes        Key = "span-minutes"
	SpanMinutesSeconds Key = "span-minutes-seconds"
	SpanHours          Key = "span-hours"
	SpanFew            Key = "span-few"
	SpanAbout          Key = "span-about"
	Months             Key = "months"
	Day                Key = "day"
	DayOfYear          Key = "day-of-year"
	Thousands          Key = "thousands"
)
