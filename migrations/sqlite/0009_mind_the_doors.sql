CREATE TABLE `repeats` (
	`workspace` text NOT NULL,
	`key` text NOT NULL,
	`actor` text NOT NULL,
	`event` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL,
	`since` integer NOT NULL,
	`times` integer NOT NULL,
	PRIMARY KEY(`workspace`, `key`)
);
--> statement-breakpoint
CREATE INDEX `repeats_by_time` ON `repeats` (`since`);--> statement-breakpoint
ALTER TABLE `canaries` ADD `retired_at` integer;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `sealed_refresh` text;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `token_ends_at` integer;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `refresh_after` integer;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `refresh_lease` text;--> statement-breakpoint
ALTER TABLE `install_states` DROP COLUMN `browser`;