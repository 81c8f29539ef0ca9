// Package doors opens a simulated Telegram over HTTP.
package doors
