CREATE TABLE `attempts` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`target_id` text NOT NULL,
	`number` integer NOT NULL,
	`action` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`result` text,
	`detail` text,
	PRIMARY KEY(`workspace`, `id`),
	FOREIGN KEY (`workspace`,`target_id`) REFERENCES `targets`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempts_number` ON `attempts` (`workspace`,`target_id`,`number`);--> statement-breakpoint
CREATE TABLE `audit` (
	`workspace` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`event` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`workspace`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `audit_of_subject` ON `audit` (`workspace`,`subject`);--> statement-breakpoint
CREATE TABLE `audit_heads` (
	`workspace` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`proof` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `canaries` (
	`kid` text PRIMARY KEY NOT NULL,
	`sealed` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `changes` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`action` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`until_at` integer,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`channel` text NOT NULL,
	`verdict` text NOT NULL,
	`policy_version` integer NOT NULL,
	`expires_at` integer,
	`decided_at` integer,
	`ended_at` integer,
	`follows` text,
	`version` integer NOT NULL,
	PRIMARY KEY(`workspace`, `id`)
);
--> statement-breakpoint
CREATE INDEX `changes_by_time` ON `changes` (`workspace`,`asked_at`);--> statement-breakpoint
CREATE INDEX `changes_by_state` ON `changes` (`state`,`workspace`);--> statement-breakpoint
CREATE TABLE `choices` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`person` text NOT NULL,
	`set_id` text NOT NULL,
	`wish` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `id`)
);
--> statement-breakpoint
CREATE INDEX `choices_of_set` ON `choices` (`workspace`,`set_id`);--> statement-breakpoint
CREATE TABLE `connections` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`vendor` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`base_url` text NOT NULL,
	`options` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`secret_hint` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`broken_since` integer,
	PRIMARY KEY(`workspace`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connections_name` ON `connections` (`workspace`,`name_key`);--> statement-breakpoint
CREATE TABLE `digests` (
	`workspace` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`time` text NOT NULL,
	`zone` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	`last_date` text
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`workspace` text,
	`payload` text NOT NULL,
	`run_at` integer NOT NULL,
	`tries` integer NOT NULL,
	`urgent` integer NOT NULL,
	`lease_token` text,
	`key` text,
	`created_at` integer NOT NULL,
	`done_at` integer,
	`failed` integer NOT NULL,
	`last_error` text
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`done_at`,`kind`,`run_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_key` ON `jobs` (`key`);--> statement-breakpoint
CREATE TABLE `policies` (
	`workspace` text NOT NULL,
	`version` integer NOT NULL,
	`document` text NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_by` text NOT NULL,
	PRIMARY KEY(`workspace`, `version`)
);
--> statement-breakpoint
CREATE TABLE `posts` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`change_id` text NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`shown_version` integer NOT NULL,
	`gone` integer NOT NULL,
	PRIMARY KEY(`workspace`, `id`),
	FOREIGN KEY (`workspace`,`change_id`) REFERENCES `changes`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `posts_place` ON `posts` (`workspace`,`channel`,`ts`);--> statement-breakpoint
CREATE INDEX `posts_of_change` ON `posts` (`workspace`,`change_id`);--> statement-breakpoint
CREATE TABLE `targets` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`change_id` text NOT NULL,
	`position` integer NOT NULL,
	`connection_id` text NOT NULL,
	`connection` text NOT NULL,
	`connection_version` integer NOT NULL,
	`vendor` text NOT NULL,
	`campaign_id` text NOT NULL,
	`campaign_name` text NOT NULL,
	`open_key` text,
	`state` text NOT NULL,
	`before_word` text,
	`after_word` text,
	`sentence` text,
	`checked_at` integer,
	`attempts` integer NOT NULL,
	`first_attempt_at` integer,
	`last_attempt` text,
	`reads` integer NOT NULL,
	`stumbles` integer NOT NULL,
	PRIMARY KEY(`workspace`, `id`),
	FOREIGN KEY (`workspace`,`change_id`) REFERENCES `changes`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `targets_of_change` ON `targets` (`workspace`,`change_id`);--> statement-breakpoint
CREATE INDEX `targets_of_campaign` ON `targets` (`workspace`,`connection_id`,`campaign_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `targets_open` ON `targets` (`open_key`);--> statement-breakpoint
CREATE TABLE `votes` (
	`workspace` text NOT NULL,
	`change_id` text NOT NULL,
	`person` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`steps` text NOT NULL,
	PRIMARY KEY(`workspace`, `change_id`, `person`),
	FOREIGN KEY (`workspace`,`change_id`) REFERENCES `changes`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
