CREATE TABLE `last_lists` (
	`workspace` text NOT NULL,
	`connection_id` text NOT NULL,
	`read_at` integer NOT NULL,
	`campaigns` text NOT NULL,
	PRIMARY KEY(`workspace`, `connection_id`)
);
--> statement-breakpoint
CREATE TABLE `people` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`facts` text NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `id`)
);
--> statement-breakpoint
CREATE INDEX `people_by_time` ON `people` (`seen_at`);--> statement-breakpoint
ALTER TABLE `changes` ADD `scope` text;--> statement-breakpoint
ALTER TABLE `changes` ADD `not_reversed` text;--> statement-breakpoint
ALTER TABLE `connections` ADD `account` text;--> statement-breakpoint
CREATE INDEX `connections_of_account` ON `connections` (`workspace`,`account`);--> statement-breakpoint
ALTER TABLE `jobs` ADD `troubled_at` integer;--> statement-breakpoint
ALTER TABLE `targets` ADD `account` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `mark` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `name_unread` integer;--> statement-breakpoint
ALTER TABLE `targets` ADD `called_now` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `open_account_key` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `after_note` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `watch_since` integer;--> statement-breakpoint
ALTER TABLE `targets` ADD `watch_until` integer;--> statement-breakpoint
ALTER TABLE `targets` ADD `watch_for` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `overtaken` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `note` text;--> statement-breakpoint
CREATE INDEX `targets_of_account` ON `targets` (`workspace`,`account`,`campaign_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `targets_open_account` ON `targets` (`open_account_key`);