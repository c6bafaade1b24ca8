CREATE TABLE `last_lists` (
	`workspace` text NOT NULL,
	`connection_id` text NOT NULL,
	`read_at` integer NOT NULL,
	`campaigns` text NOT NULL,
	PRIMARY KEY(`workspace`, `connection_id`)
);
--> statement-breakpoint
ALTER TABLE `changes` ADD `scope` text;