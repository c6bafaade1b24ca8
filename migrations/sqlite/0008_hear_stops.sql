CREATE TABLE `stops` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`asked_by` text NOT NULL,
	`connection_ids` text NOT NULL,
	`read_at` integer,
	PRIMARY KEY(`workspace`, `id`)
);
--> statement-breakpoint
CREATE INDEX `stops_by_time` ON `stops` (`workspace`,`at`);