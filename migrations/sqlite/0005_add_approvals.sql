CREATE TABLE `absences` (
	`workspace` text NOT NULL,
	`person` text NOT NULL,
	`stand_in` text NOT NULL,
	`since` integer NOT NULL,
	`until_at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `person`)
);
--> statement-breakpoint
CREATE INDEX `absences_by_stand_in` ON `absences` (`workspace`,`stand_in`);--> statement-breakpoint
ALTER TABLE `changes` ADD `stop` integer;--> statement-breakpoint
ALTER TABLE `changes` ADD `asked_as` text;--> statement-breakpoint
ALTER TABLE `changes` ADD `escalated_at` integer;--> statement-breakpoint
ALTER TABLE `changes` ADD `ratify_by` integer;--> statement-breakpoint
ALTER TABLE `changes` ADD `ratified` text;--> statement-breakpoint
ALTER TABLE `changes` ADD `ratified_by` text;--> statement-breakpoint
ALTER TABLE `changes` ADD `ratified_at` integer;--> statement-breakpoint
ALTER TABLE `posts` ADD `copy` integer;--> statement-breakpoint
ALTER TABLE `targets` ADD `reach` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `reach_at` integer;--> statement-breakpoint
ALTER TABLE `targets` ADD `since_word` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `since_at` integer;--> statement-breakpoint
ALTER TABLE `votes` ADD `instead` text;