CREATE TABLE `people` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`facts` text NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `id`)
);
--> statement-breakpoint
CREATE INDEX `people_by_time` ON `people` (`seen_at`);--> statement-breakpoint
ALTER TABLE `targets` ADD `name_unread` integer;--> statement-breakpoint
ALTER TABLE `targets` ADD `called_now` text;