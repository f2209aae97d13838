package disclosure

// Protect decides which cells of a publication are withheld.
func Protect(p *Publication, earlier []Release, rule Rule) (*Result, error) {
	return nil, nil
}
