package model

// Reject is an input record that was not accepted.
type Reject struct {
	Source  string `parquet:"source,dict" desc:"name of the feed" source:"configuration"`
	File    string `parquet:"file,dict" desc:"file of the feed; members of an archive after a !"`
	Record  int64  `parquet:"record" desc:"place of the record in the file, from 1"`
	Rule    string `parquet:"rule,dict" desc:"stable id of the rule it broke"`
	Message string `parquet:"message" desc:"what is wrong and what to do"`
	Raw     string `parquet:"raw,optional" desc:"the record, of a table its mapped columns, contacts removed, at most 2,000 bytes; empty for learner data and for table rows whose columns cannot be told" source:"feed"`
}

// RejectCount is the number of records of a feed that broke a rule.
type RejectCount struct {
	Source  string `parquet:"source,dict" desc:"name of the feed" source:"configuration"`
	Rule    string `parquet:"rule,dict" desc:"stable id of the rule"`
	Records int64  `parquet:"records" desc:"records that broke it" unit:"records"`
}

// Run is a stage, or a feed, of a run of a job.
type Run struct {
	RunID          string        `parquet:"run_id,dict" desc:"id of the run"`
	Job            string        `parquet:"job,dict" desc:"name of the job" source:"configuration"`
	Stage          string        `parquet:"stage,dict" desc:"name of the stage"`
	Feed           string        `parquet:"feed,optional,dict" desc:"name of the feed, for the stage that reads it" source:"configuration"`
	AsOf           Date          `parquet:"as_of,date" desc:"as-of date of the run"`
	StartedAt      int64         `parquet:"started_at,timestamp(microsecond)" desc:"start, UTC"`
	FinishedAt     int64         `parquet:"finished_at,timestamp(microsecond)" desc:"end, UTC"`
	Status         string        `parquet:"status,dict" desc:"ok or failed"`
	Message        string        `parquet:"message,optional" desc:"why it failed"`
	RowsIn         int64         `parquet:"rows_in" desc:"records read" unit:"records"`
	Accepted       int64         `parquet:"accepted" desc:"records accepted, unchanged ones included, duplicates not" unit:"records"`
	Unchanged      int64         `parquet:"unchanged" desc:"of these, unchanged since the run before" unit:"records"`
	Withdrawn      int64         `parquet:"withdrawn" desc:"records of earlier runs that the feed no longer lists" unit:"records"`
	Duplicates     int64         `parquet:"duplicates" desc:"records that repeat another" unit:"records"`
	Rejected       int64         `parquet:"rejected" desc:"records not accepted" unit:"records"`
	RejectedByRule []RejectCount `parquet:"rejected_by_rule,list" desc:"rejected, by rule"`
	RowsOut        int64         `parquet:"rows_out" desc:"rows written" unit:"rows"`
	Bytes          int64         `parquet:"bytes" desc:"bytes read" unit:"bytes"`
	Inputs         []RunInput    `parquet:"inputs,list" desc:"files read"`
	Versions       string        `parquet:"versions,optional" desc:"schema, taxonomy and model versions, as key=value pairs"`
}

// RunInput is a file that a run read.
type RunInput struct {
	File   string `parquet:"file" json:"file" desc:"path below the workspace, or URL"`
	SHA256 string `parquet:"sha256" json:"sha256" desc:"hash of its bytes, in hex"`
}
