package outcome

func (c *Comparison) judge(s *Sample, code VerdictCode) Verdict { return Verdict{Code: code} }
